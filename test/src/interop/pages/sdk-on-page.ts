/** What a test asks of the SDK on a page, whichever it is. */
export interface SdkOnPage {
  detail(key: string): { value: unknown; variationIndex?: number | null; reason?: unknown };
  identify(context: { kind: string; key: string }): Promise<unknown>;
  flush(): Promise<unknown>;
}

export interface PageSettings {
  readonly url: string;
  readonly clientSideId: string;
}

declare global {
  interface Window {
    settings: PageSettings;
    sdk: Promise<SdkOnPage>;
  }
}
