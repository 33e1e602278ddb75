import accessibility from './fr/accessibility.json';
import account from './fr/account.json';
import admin from './fr/admin.json';
import audit from './fr/audit.json';
import importing from './fr/import.json';
import second_factor from './fr/second_factor.json';
import statistics from './fr/statistics.json';

/** What other screens need, loaded with the first of them. */
export default { accessibility, account, admin, audit, import: importing, second_factor, statistics };
