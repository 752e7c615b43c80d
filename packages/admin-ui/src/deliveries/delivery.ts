/** One message to somebody who is told of changes, and how it went. */
export interface Delivery {
  readonly _id: string;
  readonly messageId: string;
  readonly state: "pending" | "delivered" | "failed";
  readonly attempts: number;
  /** Unix milliseconds, as the others. */
  readonly creationDate: number;
  readonly lastAttempt?: number;
  readonly nextAttempt?: number;
  readonly statusCode?: number;
  readonly problem?: string;
  /** Only for those who may see what was changed. */
  readonly title?: string;
}
