import { z } from "zod";

/** What everybody who works here shall read for a while. */
export const AnnouncementSettings = z
  .object({
    title: z.string().trim().min(1).max(256),
    message: z.string().trim().min(1).max(4096),
    severity: z.enum(["info", "warning", "critical"]),
    isDismissible: z.boolean(),
    startTime: z.int().min(0),
    endTime: z.int().min(0).optional(),
  })
  .meta({
    examples: [
      {
        title: "Maintenance",
        message: "The database moves on Sunday.",
        severity: "info",
        isDismissible: true,
        startTime: 1_790_000_000_000,
      },
    ],
  });
export type AnnouncementSettings = z.infer<typeof AnnouncementSettings>;

export const statuses = ["active", "inactive", "scheduled"] as const;
type Status = (typeof statuses)[number];

export function statusAt(
  { startTime, endTime }: Pick<AnnouncementSettings, "startTime" | "endTime">,
  now: number,
): Status {
  if (startTime > now) return "scheduled";
  return endTime !== undefined && endTime <= now ? "inactive" : "active";
}
