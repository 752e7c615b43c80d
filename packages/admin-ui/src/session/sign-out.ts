import { request } from "../api/request.ts";

export async function signOut(): Promise<void> {
  await request("DELETE", "/api/session");
  location.assign("/login");
}
