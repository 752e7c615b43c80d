import type { Change } from "./changes.ts";

/** A change of something that belongs to no project, such as a member or a role. */
export interface AccountChange {
  readonly kind: string;
  readonly key: string;
  /** As policies name it, such as `role/testers`. */
  readonly resource: string;
  /** What was done, such as "createRole". */
  readonly instruction: string;
  readonly words: string;
  readonly comment?: string | undefined;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/** Such a change as the log takes it: it moves no environment. */
export function accountChange({ resource, instruction, words, ...change }: AccountChange): Change {
  return {
    ...change,
    projectId: undefined,
    resources: [resource],
    instructions: [{ kind: instruction }],
    words: [words],
    served: [],
    environments: [],
  };
}
