export { type RunningServer, startServer } from "./server.ts";
export { parseSettings, type Settings } from "./settings.ts";
