import { runProgram } from "./program.ts";

const args = process.argv.slice(2);
process.exitCode = await runProgram(args, {
  out: (text) => void process.stdout.write(`${text}\n`),
  talk: (text) => void process.stderr.write(text),
  isJson: args.includes("--json") || !process.stdout.isTTY,
  environment: process.env,
});
