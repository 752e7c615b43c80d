/** What a segment is called and found by. */
export interface Details {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
}

/** The instructions that make the details others. */
export function detailChanges(from: Details, to: Details): readonly object[] {
  const gone = from.tags.filter((tag) => !to.tags.includes(tag));
  const come = to.tags.filter((tag) => !from.tags.includes(tag));
  return [
    ...(from.name === to.name ? [] : [{ kind: "updateName", value: to.name }]),
    ...(from.description === to.description
      ? []
      : [{ kind: "updateDescription", value: to.description }]),
    ...(gone.length === 0 ? [] : [{ kind: "removeTags", values: gone }]),
    ...(come.length === 0 ? [] : [{ kind: "addTags", values: come }]),
  ];
}
