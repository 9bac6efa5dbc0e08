import { CloudUnderTest } from '../testing/cloudUnderTest';
import { projectFile } from './project';
import { projectText } from './projectText';

describe('the text of a project', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
  });
  afterEach(() => test.dispose());

  const written = () => {
    const content = test.cloud.contentOf(test.cloud.project('test'));
    return { content, text: [...projectText(content)].join('') };
  };

  it('is JSON of what it holds, now and after each change', () => {
    const check = () => {
      const { content, text } = written();
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(content)));
      expect(projectFile.safeParse(JSON.parse(text)).success).toBe(true);
    };
    check();
    test.call(
      'POST /servers',
      {},
      {
        name: 'a',
        server_type: 'cx23',
        image: 'debian-13',
        location: 'fsn1',
        user_data: 'line\n"quoted"',
      },
    );
    check();
    for (let seconds = 0; seconds < 30; seconds += 1) {
      test.pass(1);
      check();
    }
  });

  it('has the user data of a server as it is now', () => {
    const { server } = test.call(
      'POST /servers',
      {},
      {
        name: 'a',
        server_type: 'cx23',
        image: 'debian-13',
        location: 'fsn1',
        user_data: 'first',
      },
    );
    expect(written().text).toContain('"userData":"first"');
    test.pass(60);
    test.call(
      'POST /servers/{id}/actions/rebuild',
      { id: server.id },
      { image: 'debian-13', user_data: 'second' },
    );
    test.pass(60);
    const { text, content } = written();
    expect(text).toContain('"userData":"second"');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(content)));
  });

  it('has a line for each object', () => {
    for (const name of ['a', 'b']) {
      test.call('POST /placement_groups', {}, { name, type: 'spread' });
    }
    const lines = written()
      .text.split('\n')
      .filter(line => line.includes('"spread"'));
    expect(lines).toHaveLength(2);
  });
});
