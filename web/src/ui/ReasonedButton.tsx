import { Button, type ButtonProps } from '@mantine/core';
import { toast } from './toasts';

interface Props extends ButtonProps {
  /** Why it cannot be used now; without it, it can. */
  reason: string | undefined;
  onClick: () => void;
}

/** A button that tells why it cannot be used: also to those who come by keyboard or finger, who see no title. */
export function ReasonedButton({ reason, onClick, ...props }: Props) {
  if (reason === undefined) return <Button {...props} onClick={onClick} />;
  return (
    <Button {...props} data-disabled aria-disabled title={reason} onClick={() => toast(reason, { kind: 'failed' })} />
  );
}
