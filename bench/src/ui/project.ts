import type { Management } from "@halyard/test";

export const project = "many";
const flagCount = 10_000;
const chunk = 1_000;

/** A project of 10,000 flags in three environments. */
export async function fillProject(management: Management): Promise<void> {
  await management.createProject(project, ["development", "staging", "production"]);
  for (let from = 0; from < flagCount; from += chunk) {
    const flags = Object.fromEntries(
      Array.from({ length: chunk }, (_, at) => [`flag-${from + at}`, flag(from + at)]),
    );
    const documents = { flags: { flags } };
    await management.import(project, {
      format: "flagd",
      environmentKey: "production",
      documents,
    });
  }
}

function flag(index: number): object {
  return {
    state: index % 2 === 0 ? "ENABLED" : "DISABLED",
    variants: { old: `old-${index}`, new: `new-${index}`, control: "control" },
    defaultVariant: index % 3 === 0 ? "new" : "old",
    targeting: { if: [{ "==": [{ var: "country" }, `C${index % 50}`] }, "new", "old"] },
  };
}
