import { createContext, useContext } from "react";

interface Frame {
  /** Where the header shows the breadcrumb. */
  readonly trail: HTMLElement | null;
  /** True once after each change of the page by a link: whoever takes it moves the focus. */
  readonly takeArrival: () => boolean;
}

/** What a page knows of the frame around it. */
export const FrameContext = createContext<Frame>({ trail: null, takeArrival: () => false });

export function useFrame(): Frame {
  return useContext(FrameContext);
}
