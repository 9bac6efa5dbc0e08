import { useEffect, useRef, type RefObject } from 'react';

/**
 * An element that takes the focus when it appears and nothing else has it: the button that led
 * here is gone with its step, and the keyboard would begin at the top of the page again.
 */
export function useFocusWhenLost<T extends HTMLElement>(): RefObject<T> {
  const element = useRef<T>(null);
  useEffect(() => {
    if (document.activeElement === document.body) element.current?.focus();
  }, []);
  return element;
}
