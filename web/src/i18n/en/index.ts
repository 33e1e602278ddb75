import core from './core.json';
import fields from './fields.json';

/** What the first page and the records need: one file for each part of the interface, each under a key of its own. */
export default { ...core, fields };
