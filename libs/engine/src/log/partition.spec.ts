import { describe, expect, it } from '@jest/globals';
import { partitionOf } from './partition.ts';

describe('the partition of a key', () => {
  it("is Kafka's: murmur2 values of its own UtilsTest", () => {
    // https://github.com/apache/kafka/blob/4.1/clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java
    const murmur2 = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536 };
    for (const [key, hash] of Object.entries(murmur2))
      for (const partitions of [3, 7, 64]) expect(partitionOf(key, partitions)).toBe((hash & 0x7fffffff) % partitions);
  });

  it('is 0 where there is one', () => {
    expect(partitionOf('anything', 1)).toBe(0);
  });
});
