import account from './account.json';
import admin from './admin.json';
import core from './core.json';
import fields from './fields.json';
import second_factor from './second_factor.json';
import statistics from './statistics.json';

/** The whole catalogue: one file for each part of the interface, each under a key of its own. */
export default { ...core, fields, account, admin, second_factor, statistics };
