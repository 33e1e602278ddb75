import i18next from 'i18next';
import { signOut } from '../api/auth';
import { mayLeave } from '../ui/LeaveGuard';
import { toast } from '../ui/toasts';

/** Signs out, once the person agrees to lose what would be lost. */
export async function leave(): Promise<void> {
  if (!(await mayLeave())) return;
  if (!(await signOut())) toast(i18next.t('app.sign_out_unheard'), { kind: 'failed' });
}
