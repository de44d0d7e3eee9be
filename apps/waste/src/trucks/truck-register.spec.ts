import { describe, expect, it } from '@jest/globals';
import { readRegister } from '@siaga/registers';
import { truckRegister } from './truck-register.ts';

const read = (deviceId: string, plate = 'N 1 A') => {
  const content = `ID Truk;Nopol;Nomor Lambung;Jenis;Kapasitas;Perangkat\nA-1;${plate};1;dump;4000;osmand:${deviceId}`;
  return readRegister(truckRegister, { name: 'truk.csv', content: Buffer.from(content) });
};

describe('the register of trucks', () => {
  it('takes device IDs as long as the contract does, and tells of longer ones before anything is written', () => {
    expect(read('1'.repeat(100))).toMatchObject({ errors: [], rows: [{ line: 2 }] });
    for (const length of [101, 110])
      expect(read('1'.repeat(length))).toMatchObject({
        rows: [],
        errors: [{ line: 2, column: 'Perangkat', message: expect.stringContaining('paling panjang 100 huruf') }],
      });
  });

  it('refuses a plate with characters nobody sees', () => {
    expect(read('1', 'N 1\u0007A').errors).toMatchObject([{ line: 2, column: 'Nomor Polisi' }]);
  });
});
