import { BlockList, isIP } from "node:net";

interface Cidr {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a single address; undefined for anything else. */
export function parseCidr(text: string): Cidr | undefined {
  const found = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/u.exec(text);
  const address = found?.[1] ?? "";
  const version = isIP(address);
  if (version === 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = found?.[2] === undefined ? longest : Number(found[2]);
  if (prefix > longest) return undefined;
  return { address, prefix, family: version === 4 ? "ipv4" : "ipv6" };
}

/** Whether an address is within one of the blocks. */
export function isWithin(address: string, cidrs: readonly string[]): boolean {
  // A socket for both kinds shows an IPv4 address as one of IPv6.
  const plain = address.replace(/^::ffff:(?=\d+\.)/iu, "");
  const version = isIP(plain);
  if (version === 0) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  const blocks = new BlockList();
  for (const one of cidrs) {
    const cidr = parseCidr(one);
    if (cidr?.family === family) blocks.addSubnet(cidr.address, cidr.prefix, family);
  }
  return blocks.check(plain, family);
}

/** Where a request comes from: the nearest address that no trusted proxy has. */
export function clientAddress(
  remote: string,
  forwardedFor: string,
  trustedProxies: readonly string[],
): string {
  const hops = [...forwardedFor.split(",").map((hop) => hop.trim()), remote].reverse();
  const known = hops.filter((hop) => hop !== "");
  return known.find((hop) => !isWithin(hop, trustedProxies)) ?? known.at(-1) ?? remote;
}
