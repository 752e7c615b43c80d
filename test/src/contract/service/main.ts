// A test service for whoever tests: `main.ts [PORT] [--browser] [--peer]`, 8000 unless said otherwise.
import { parseArgs } from "node:util";
import { browserSubject } from "./browser-entity.ts";
import { halyardSubject } from "./halyard-subject.ts";
import { launchDarklySubject } from "./launchdarkly-entity.ts";
import { TestService } from "./test-service.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: "boolean", default: false },
    peer: { type: "boolean", default: false },
  },
});
const own = values.browser ? browserSubject : halyardSubject;
const subject = values.peer ? launchDarklySubject : own;
await using service = await TestService.start(subject, Number(positionals[0] ?? 8_000));
process.stdout.write(`contract: ${subject.name} is tested at ${service.url}\n`);
await service.ended;
