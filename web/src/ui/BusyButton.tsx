import { Button, type ButtonProps } from '@mantine/core';

interface Props extends ButtonProps {
  /** Whether what it does is being done. */
  busy: boolean;
  type?: 'submit';
  onClick?: () => void;
}

/** A button that does nothing more while it is at work, and keeps the focus, which a disabled one would lose. */
export function BusyButton({ busy, onClick, ...props }: Props) {
  return (
    <Button
      {...props}
      data-loading={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
    />
  );
}
