/** The values in a text that was pasted: one a line, or between commas. */
export function splitValues(text: string): readonly string[] {
  return text
    .split(/[,\n\r\t]+/u)
    .map((value) => value.trim())
    .filter((value) => value !== "");
}

/** The values with the new ones behind them, each once. */
export function addedTo(values: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...values, ...added.map((value) => value.trim())])];
}
