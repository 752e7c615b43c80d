/** Resources that are offered where one is named. */
export const resourceExamples = [
  "*",
  "proj/*",
  "proj/*:env/*",
  "proj/*:env/*:flag/*",
  "proj/*:env/*;{critical:true}:flag/*",
  "proj/*:env/*;{critical:false}:flag/*",
  "proj/*:env/*:segment/*",
  "member/*",
  "team/*",
  "role/*",
  "webhook/*",
  "acct",
] as const;
