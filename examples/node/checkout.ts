// Says what Ada gets from the flag "checkout", and says it again whenever that changes.
import { init } from "@halyard/sdk";

const ada = { kind: "user", key: "ada", country: "DE" };
const flags = init();
const { status } = await flags.waitForInitialization({ timeout: 5 });
const tell = (): void => {
  process.stdout.write(`ada gets "${flags.variation("checkout", ada, "old")}"\n`);
};

process.stdout.write(`flags: ${status}\n`);
tell();
flags.on("change:checkout", tell);
process.once("SIGINT", () => void flags.close());
