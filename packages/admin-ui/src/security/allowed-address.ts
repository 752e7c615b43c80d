export interface AllowedAddress {
  readonly _id: string;
  /** An address or a block, such as `203.0.113.0/24`. */
  readonly ipAddress: string;
  readonly description: string;
}

export const allowListPath = "/api/v2/account/ip-allowlist";
