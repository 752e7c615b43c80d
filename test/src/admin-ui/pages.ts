/** Every page of the UI, for the pictures; a page's own tests stand beside. */
export const signedOutPages: readonly string[] = ["/login", "/invite/a-token", "/second-factor"];

export const signedInPages: readonly string[] = [
  "/p/web-shop/flags",
  "/p/web-shop/flags/new",
  "/p/web-shop/flags/checkout/targeting?env=production",
  "/p/web-shop/segments",
  "/p/web-shop/segments/new",
  "/p/web-shop/segments/beta-testers?env=production",
  "/p/web-shop/segments/newsletter?env=production",
  "/p/web-shop/contexts",
  "/p/web-shop/contexts/user/customer-0?env=production",
  "/p/web-shop/contexts/user/customer-0?env=*",
  "/p/web-shop/first-run",
  "/p/web-shop/first-run?flag=checkout&env=development",
  "/p/web-shop/flags/search-ranking/variations?env=production",
  "/p/web-shop/keys",
  "/p/web-shop/settings/general",
  "/p/web-shop/settings/environments",
  "/p/web-shop/settings/webhooks",
  "/account/members",
  "/account/members?invite=true",
  "/account/tokens",
];
