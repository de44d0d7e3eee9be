import { describe, expect, it } from '@jest/globals';
import { CameraReach, portsIn } from './camera-reach.ts';

const refused = expect.objectContaining({ reason: 'not-allowed' }) as unknown;
const thrownBy = (reach: CameraReach, address: string): unknown => {
  try {
    reach.lookupFor(new URL(address));
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('where a camera may be', () => {
  it.each([
    ...['rtsp://127.0.0.1/live', 'http://127.0.0.1:8080/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://0.0.0.0/'], // prettier-ignore
    ...['http://169.254.169.254/latest/meta-data', 'http://[fd00:ec2::254]/', 'http://100.100.100.200/', 'rtsp://[fe80::1]/'], // prettier-ignore
    ...['http://10.1.2.3:22/', 'http://10.1.2.3:27017/', 'rtsp://10.1.2.3:9092/', 'http://10.1.2.3:6379/', 'http://10.1.2.3:39017/'], // prettier-ignore
    ...['http://224.0.0.1/', 'http://[64:ff9b::7f00:1]/', 'http://[2002:7f00:1::]/'],
  ])('%s: not there', (address) => {
    expect(thrownBy(new CameraReach([], portsIn('mongodb://127.0.0.1:39017/?x=1')), address)).toEqual(refused);
  });

  it.each(['rtsp://10.20.1.5/live', 'rtsp://192.168.1.64:8554/', 'https://172.16.3.4/x', 'http://100.64.1.2:8000/'])(
    '%s: there',
    (address) => {
      expect(thrownBy(new CameraReach(), address)).toBeUndefined();
    },
  );

  it('a name that leads to this machine is refused when it is looked up', async () => {
    const lookup = new CameraReach().lookupFor(new URL('http://localhost:8080/'));
    const error = await new Promise((done) => {
      lookup('localhost', { all: true }, done);
    });
    expect(error).toEqual(refused);
  });

  it('is open where the installation says so', () => {
    expect(thrownBy(new CameraReach(['127.0.0.0/8']), 'rtsp://127.0.0.1:27017/')).toBeUndefined();
    expect(thrownBy(new CameraReach(['10.20.0.0/16']), 'http://10.20.1.5:22/')).toBeUndefined();
  });

  it('knows the ports of our own engines', () => {
    expect(portsIn('mongodb://a:39017,b:39018/?replicaSet=x')).toEqual([39_017, 39_018]);
    expect(portsIn('kafka:9192,other:9193')).toEqual([9192, 9193]);
    expect(portsIn(undefined)).toEqual([]);
  });
});
