import { z } from "zod";

/** What flags and segments are known by. */
export const FlagKey = z
  .string()
  .max(256)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/u,
    "begin with a letter or digit, then letters, digits, '.', '_' and '-'",
  );
