import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { commandOf, curlOf, quoted } from "./script.ts";

const place = { member: "m", project: "web-shop", flag: "checkout", environment: "production" };

it("quotes whatever is written so that a shell reads the same", () => {
  for (const text of ["plain", "it's", `"$HOME" \\ \`id\``, "two\nlines"]) {
    expect(execFileSync("sh", ["-c", `printf %s ${quoted(text)}`], { encoding: "utf8" })).toBe(
      text,
    );
  }
});

it("says a draft as a request, with its comment", () => {
  const instructions = [{ kind: "turnFlagOn" }] as const;
  const curl = curlOf(place, { origin: "http://here", instructions, comment: "it's time" });
  expect(curl).toContain("curl -X PATCH http://here/api/v2/flags/web-shop/checkout");
  const body = execFileSync("sh", ["-c", `printf %s ${curl.slice(curl.indexOf("-d ") + 3)}`], {
    encoding: "utf8",
  });
  expect(JSON.parse(body)).toEqual({
    environmentKey: "production",
    instructions: [{ kind: "turnFlagOn" }],
    comment: "it's time",
  });
});

it("says a draft as a command only where one does the same", () => {
  expect(commandOf(place, [{ kind: "turnFlagOff" }], "")).toBe(
    "halyard flags off checkout --project web-shop -e production",
  );
  expect(commandOf(place, [{ kind: "turnFlagOff" }, { kind: "archiveFlag" }], "")).toBeUndefined();
  expect(commandOf(place, [{ kind: "archiveFlag" }], "")).toBeUndefined();
});
