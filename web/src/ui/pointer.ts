let pressed = false;

addEventListener(
  'pointerdown',
  () => {
    pressed = true;
  },
  true,
);
for (const end of ['pointerup', 'pointercancel'] as const) {
  addEventListener(
    end,
    () => {
      pressed = false;
    },
    true,
  );
}

/**
 * Acts at once, or as soon as the pointer that is down has been let go and its click has been heard: what moves between the two
 * is not hit any more.
 */
export function whenReleased(act: () => void): void {
  if (!pressed) {
    act();
    return;
  }
  const released = new AbortController();
  const later = () => {
    released.abort();
    setTimeout(act);
  };
  for (const end of ['pointerup', 'pointercancel'] as const) addEventListener(end, later, { signal: released.signal });
}
