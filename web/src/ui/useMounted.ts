import { type RefObject, useEffect, useRef } from 'react';

/** Whether the component is still there, for what is answered when it may have been left. */
export function useMounted(): RefObject<boolean> {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return mounted;
}
