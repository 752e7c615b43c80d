import { parseSettings, startServer } from "./index.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const settings = parseSettings(process.env);
  const server = await startServer(settings);
  say(`Halyard is ready at ${server.url}`);
  say(`  data      ${settings.dataFolder}`);
  if (server.welcomeLink !== undefined) {
    say("  sign in   open this link once; it makes you the owner:");
    say(`            ${server.welcomeLink}`);
  } else {
    say(`  sign in   ${server.url}/login`);
  }
  say("  stop      Ctrl-C");
  const stop = (letGo: Promise<void>): void =>
    void letGo
      .then(() => server.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  process.once("SIGINT", () => stop(Promise.resolve()));
  // What a supervisor sends: thousands of SDKs shall not come back at the same moment.
  process.once("SIGTERM", () => stop(server.drain()));
} catch (error) {
  process.stderr.write(`halyard: cannot start: ${wordsOf(error)}\n`);
  process.exitCode = 1;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE") {
    return "the port is taken; stop what listens there, or set PORT to another";
  }
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
