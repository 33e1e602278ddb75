import accessibility from './fr/accessibility.json';
import account from './fr/account.json';
import admin from './fr/admin.json';
import second_factor from './fr/second_factor.json';
import statistics from './fr/statistics.json';

/** What other screens need, loaded with the first of them. */
export default { accessibility, account, admin, second_factor, statistics };
