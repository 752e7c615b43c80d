import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { say, sayFailure } from "../ui/toast.tsx";
import { refresh } from "./queries.ts";
import { request } from "./request.ts";

const semanticPatchType = "application/json; domain-model=launchdarkly.semanticpatch";

interface SemanticPatch {
  readonly instructions: readonly object[];
  readonly environmentKey?: string;
  readonly comment?: string;
}

/** Changes a flag or a segment by instructions, as everything here does. */
export function semanticPatch<T>(path: string, patch: SemanticPatch, ifMatch?: string): Promise<T> {
  return request<T>("PATCH", path, patch, { contentType: semanticPatchType, ifMatch });
}

interface Change<Input> {
  /** The paths that the change touches begin so; they are fetched anew after it. */
  readonly path: string;
  readonly send: (input: Input) => Promise<unknown>;
  /** What will be on screen at once. Leave it out for critical environments: there it is shown when it is durable. */
  readonly foresee?: (client: QueryClient, input: Input) => void;
  /** What was done, in words. */
  readonly done?: (input: Input) => string;
  /** Takes it back; offered beside the words. */
  readonly undo?: (input: Input) => Promise<unknown>;
  /** What failed, in words: "Checkout could not be turned on". */
  readonly failed: (input: Input) => string;
  /** Where a failure is shown otherwise, such as at the field. Gives true where it has been. */
  readonly onRefusal?: (error: Error, input: Input) => boolean;
}

/** A write: shown at once where it may be, taken off the screen again where it fails, undone within ten seconds. */
export function useChange<Input>(change: Change<Input>) {
  const client = useQueryClient();
  const isTouched = ({ queryKey: [key] }: { readonly queryKey: readonly unknown[] }) =>
    typeof key === "string" && key.startsWith(change.path);
  const mutation = useMutation({
    mutationFn: change.send,
    onMutate: async (input: Input) => {
      if (change.foresee === undefined) return [];
      await client.cancelQueries({ predicate: isTouched });
      const before = client.getQueriesData({ predicate: isTouched });
      change.foresee(client, input);
      return before;
    },
    onError: (error: Error, input, before) => {
      for (const [key, data] of before ?? []) client.setQueryData(key, data);
      if (change.onRefusal?.(error, input) === true) return;
      sayFailure(change.failed(input), error.message, () => mutation.mutate(input));
    },
    onSuccess: (_answer, input) => {
      const { undo } = change;
      if (change.done === undefined) return;
      say(change.done(input), undo === undefined ? undefined : () => takeBack(undo, input));
    },
    onSettled: () => refresh(client, change.path),
  });
  async function takeBack(undo: (input: Input) => Promise<unknown>, input: Input) {
    try {
      await undo(input);
    } catch (error) {
      sayFailure(change.failed(input), error instanceof Error ? error.message : String(error));
    }
    await refresh(client, change.path);
  }
  return mutation;
}
