import { request } from "../api/request.ts";

/** What others are asked to approve. */
interface Asked {
  /** Such as `proj/web-shop:env/production:flag/checkout`. */
  readonly resourceId: string;
  /** What is asked for, in a line. */
  readonly description: string;
  readonly instructions: readonly object[];
  readonly comment: string;
  /** When it is made, once it is approved, in Unix milliseconds; by somebody's word where it is left out. */
  readonly executionDate?: number | undefined;
}

interface Made {
  readonly _id: string;
}

/** Asks others to approve the instructions; gives how to take that back. */
export async function askApproval({ comment, executionDate, ...asked }: Asked) {
  const { _id } = await request<Made>("POST", "/api/v2/approval-requests", {
    ...asked,
    ...(comment === "" ? {} : { comment }),
    ...(executionDate === undefined ? {} : { executionDate }),
  });
  return (): Promise<unknown> => request("DELETE", `/api/v2/approval-requests/${_id}`);
}

/** Whether the server refused a change for want of approval. */
export function needsApproval(error: Error): boolean {
  return "code" in error && error.code === "approval_required";
}
