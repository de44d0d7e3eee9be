const { default: Sequencer } = require('@jest/test-sequencer');

/** Brokers in Java and whole cities first: begun last, one of them would keep one core busy and the other idle. */
const long = /kafka|apps.city|tests.attack/;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => long.test(path)), ...sorted.filter(({ path }) => !long.test(path))];
  }
};
