import { nearest } from "@halyard/instructions";
import { DomainError } from "../errors.ts";

/** The error that a query parameter has a name which nobody knows; it says which are known. */
export function unknownName(
  parameter: string,
  name: string,
  known: readonly string[],
): DomainError {
  const didYouMean = nearest(name, known);
  const hint = didYouMean === undefined ? "" : `did you mean "${didYouMean}"? `;
  const rest = known.length === 0 ? "leave it out" : `use ${known.join(", ")}`;
  return new DomainError(
    "invalid_request",
    `${parameter} knows no "${name}" here; ${hint}${rest}`,
    { didYouMean },
  );
}
