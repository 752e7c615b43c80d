export { AdminUi } from "./admin-ui/page.ts";
export { browserPath, launchBrowser } from "./browser.ts";
export { generateContexts, randomFrom } from "./contexts.ts";
export { freePort } from "./free-port.ts";
export { Management } from "./management.ts";
export { bootstrapToken, nodeFlags, ServerProcess } from "./server-process.ts";
export { signedInPage } from "./signed-in-page.ts";
