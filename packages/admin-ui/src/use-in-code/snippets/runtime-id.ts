/** Where a flag can be used. Apart from the code for each, since addresses are read without it. */
const runtimeIds = [
  "node",
  "browser",
  "react",
  "python",
  "go",
  "java",
  "dotnet",
  "curl",
  "assistant",
] as const;
export type RuntimeId = (typeof runtimeIds)[number];

export function isRuntimeId(id: unknown): id is RuntimeId {
  return runtimeIds.some((one) => one === id);
}
