import accessibility from './en/accessibility.json';
import account from './en/account.json';
import admin from './en/admin.json';
import second_factor from './en/second_factor.json';
import statistics from './en/statistics.json';

/** What other screens need, loaded with the first of them. */
export default { accessibility, account, admin, second_factor, statistics };
