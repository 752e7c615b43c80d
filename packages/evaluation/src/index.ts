export type * from "./model.ts";
export type * from "./reason.ts";
