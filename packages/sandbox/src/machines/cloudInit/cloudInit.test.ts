import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { readFirstBoot } from './cloudConfig';
import { wantedUnits } from './units';
import { textOfUserData } from './userData';

const cloudConfig = (content: object) =>
  `#cloud-config\n${JSON.stringify(content)}`;

describe('user data', () => {
  it('is decoded where it is base64, gzip or both', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const plain = `#cloud-config\n# ${text}`;
        const packed = gzipSync(plain);
        expect(textOfUserData(plain)).toBe(plain);
        expect(textOfUserData(Buffer.from(plain).toString('base64'))).toBe(
          plain,
        );
        expect(textOfUserData(packed.toString('base64'))).toBe(plain);
        expect(
          textOfUserData(packed.toString('base64').replace(/.{76}/g, '$&\n')),
        ).toBe(plain);
      }),
    );
  });

  it('that is damaged says so', () => {
    const packed = gzipSync('#cloud-config\n'.repeat(50));
    expect(() =>
      textOfUserData(packed.subarray(0, 30).toString('base64')),
    ).toThrow('unexpected end of file');
  });
});

describe('a first boot', () => {
  const text = 'grüße\n';
  it.each([
    ['', text],
    ['text/plain', text],
    ['b64', Buffer.from(text).toString('base64')],
    ['base64', Buffer.from(text).toString('base64')],
    ['gz+b64', gzipSync(text).toString('base64')],
    ['gzip+base64', gzipSync(text).toString('base64')],
  ])('writes a file with encoding "%s"', (encoding, content) => {
    const { files, problems } = readFirstBoot(
      cloudConfig({
        write_files: [{ path: '/a', content, encoding, permissions: '0640' }],
      }),
    );
    expect(problems).toEqual([]);
    expect(files).toEqual([
      { path: '/a', content: Buffer.from(text), mode: 0o640, append: false },
    ]);
  });

  it('reads permissions that YAML takes for a number, and has a default', () => {
    const { files } = readFirstBoot(
      '#cloud-config\nwrite_files:\n- {path: /a, permissions: 0600}\n- path: /b\n',
    );
    expect(files.map(({ mode }) => mode)).toEqual([0o600, 0o644]);
  });

  it('goes on without what it cannot read, and says so', () => {
    const { files, problems } = readFirstBoot(
      cloudConfig({
        write_files: [
          { path: 'relative', content: '' },
          { path: '/b', encoding: 'rot13' },
          { path: '/c', permissions: 'rw' },
          { path: '/d', encoding: 'gz+b64', content: 'AAAA' },
          { path: '/e' },
        ],
      }),
    );
    expect(files.map(({ path }) => path)).toEqual(['/e']);
    expect(problems).toEqual([
      expect.stringContaining('write_files[0] is not written'),
      'write_files[1] (/b) has unknown encoding rot13.',
      'write_files[2] (/c) has permissions rw, which are no octal number.',
      expect.stringContaining('write_files[3] (/d) cannot be decoded'),
    ]);
  });

  it.each([
    ['', []],
    [
      'hello',
      [
        'User data that begins with "hello" is neither a #cloud-config nor a script, and is not used.',
      ],
    ],
    [
      '#cloud-config\na: [',
      [expect.stringContaining('The cloud-config is no YAML')],
    ],
    [
      '#cloud-config\nruncmd: 7',
      [expect.stringContaining('The cloud-config is not used')],
    ],
  ])('of %j does nothing', (userData, problems) => {
    expect(readFirstBoot(userData)).toEqual({
      files: [],
      commands: [],
      problems,
    });
  });

  it('never fails, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (anything, json) => {
        for (const userData of [
          anything,
          `#cloud-config\n${json}`,
          `#!/bin/sh\n${anything}`,
        ]) {
          expect(wantedUnits(readFirstBoot(userData))).toBeInstanceOf(Array);
        }
      }),
    );
  });
});

describe('the units of a first boot', () => {
  const unitsOf = (runcmd: unknown[], script = '') =>
    wantedUnits(
      readFirstBoot(
        cloudConfig({
          write_files: [
            { path: '/usr/local/sbin/boot', content: script },
            {
              path: '/usr/local/sbin/unused',
              content: '#!/bin/sh\nsystemctl start unused',
            },
          ],
          runcmd,
        }),
      ),
    );
  const unit = (name: string, isStarted: boolean, isEnabled: boolean) => ({
    name,
    isStarted,
    isEnabled,
  });

  it.each<[string, unknown[], string, unknown[]]>([
    [
      'a command',
      ['systemctl start k3s'],
      '',
      [unit('k3s.service', true, false)],
    ],
    [
      'a list',
      [['systemctl', 'enable', '--now', 'k3s-agent.service']],
      '',
      [unit('k3s-agent.service', true, true)],
    ],
    [
      'enabling',
      ['systemctl enable k3s'],
      '',
      [unit('k3s.service', false, true)],
    ],
    [
      'a script with a variable',
      [['/usr/local/sbin/boot']],
      '#!/bin/sh\nunit=k3s-agent\nsystemctl enable "$unit"\nsystemctl --no-block \\\n start "${unit}.service"\n',
      [unit('k3s-agent.service', true, true)],
    ],
    [
      'what is not there',
      [['/usr/local/sbin/boot']],
      '#!/bin/sh\n# systemctl start k3s\nsystemctl daemon-reload\nsystemctl stop k3s || true\n',
      [],
    ],
    [
      'a script that nothing runs',
      ['true'],
      '#!/bin/sh\nsystemctl start k3s',
      [],
    ],
  ])('are found in %s', (_what, runcmd, script, expected) => {
    expect(unitsOf(runcmd, script)).toEqual(expected);
  });
});
