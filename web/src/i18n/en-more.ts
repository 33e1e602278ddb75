import accessibility from './en/accessibility.json';
import account from './en/account.json';
import admin from './en/admin.json';
import audit from './en/audit.json';
import importing from './en/import.json';
import second_factor from './en/second_factor.json';
import statistics from './en/statistics.json';

/** What other screens need, loaded with the first of them. */
export default { accessibility, account, admin, audit, import: importing, second_factor, statistics };
