import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  badgeMarkdown,
  badgeName,
  compareHash,
  featureHash,
  formatState,
  parseFragment,
  parseState,
  titleFor,
} from '../../main/resources/page/js/address.js';

const CHARTS = [
  { name: 'stage-types', period: 'month', view: 'bars', numbers: ['instances', 'share'] },
  { name: 'versions', period: 'month', view: 'trend', numbers: ['instances'] },
];

describe('a fragment', () => {
  it('names a feature', () => {
    assert.deepEqual(parseFragment('#stage-types/deployManifest'), {
      kind: 'feature',
      features: [{ chart: 'stage-types', label: 'deployManifest' }],
    });
  });

  it('names up to four features to compare, each once', () => {
    const labels = ['AWS', 'a,b/c', 'AWS', 'GCE', 'ECS', 'AZURE'];
    const hash = compareHash(labels.map(label => ({ chart: 'cloud-providers', label })));
    const { kind, features } = parseFragment(hash);
    assert.equal(kind, 'compare');
    assert.deepEqual(
      features.map(({ label }) => label),
      ['AWS', 'a,b/c', 'GCE', 'ECS'],
    );
  });

  it('can hold any label', () => {
    for (const label of ['a/b', '(own)', '50 % & more', '#', 'ünï 💥', 'compare=x']) {
      const { features } = parseFragment(featureHash('stage-types', label));
      assert.deepEqual(features, [{ chart: 'stage-types', label }]);
    }
  });

  it('names an element of the page otherwise, or nothing', () => {
    assert.equal(parseFragment('#versions').kind, 'target');
    assert.equal(parseFragment('#how-to-read').kind, 'target');
    assert.equal(parseFragment('#stage-types/%E0%A4%A').kind, 'target');
    assert.equal(parseFragment('#../x').kind, 'target');
    assert.equal(parseFragment('').kind, 'none');
    assert.equal(parseFragment('#').kind, 'none');
    assert.deepEqual(parseFragment('#compare=').features, []);
  });
});

describe('the state in the query string', () => {
  it('survives', () => {
    const state = { period: 'all', charts: { 'stage-types': { view: 'trend', measure: 'share' } } };
    const query = formatState('', state, CHARTS);
    assert.equal(query, '?period=all&stage-types=trend.share');
    assert.deepEqual(parseState(query, CHARTS), state);
  });

  it('leaves out defaults and keeps other parameters', () => {
    const state = {
      period: '12',
      charts: { 'stage-types': { view: 'bars', measure: 'instances-percent' }, versions: undefined },
    };
    assert.equal(formatState('?theme=dark&period=3&stage-types=trend.share', state, CHARTS), '?theme=dark');
    assert.equal(formatState('?period=3', state, CHARTS), '');
  });

  it('ignores what a chart does not have', () => {
    assert.deepEqual(parseState('?period=99&versions=pie.failing&other=trend.share', CHARTS), {
      period: '12',
      charts: {},
    });
    assert.deepEqual(parseState('?versions=bars', CHARTS).charts, {
      versions: { view: 'bars', measure: 'instances-percent' },
    });
  });
});

describe('the title', () => {
  it('names what is shown', () => {
    const terraform = { label: 'terraform', noun: 'stage type' };
    assert.equal(titleFor([]), 'How Spinnaker is used');
    assert.equal(titleFor([terraform]), 'terraform (stage type) · How Spinnaker is used');
    assert.equal(
      titleFor([terraform, { label: 'bake', noun: 'stage type' }]),
      'terraform, bake compared · How Spinnaker is used',
    );
  });

  it('cannot be turned around by a label', () => {
    assert.ok(!titleFor([{ label: '\u202eevil', noun: 'trigger' }]).includes('\u202e'));
  });
});

describe('the badge', () => {
  it('has a name of characters that every server accepts', () => {
    assert.equal(badgeName('stage-types', 'Aws.LambdaInvokeStage'), 'badge-stage-types-Aws.LambdaInvokeStage');
    assert.equal(badgeName('stage-types', 'a b/c'), 'badge-stage-types-a-b-c');
  });

  it('is a link to the feature, in Markdown', () => {
    assert.equal(
      badgeMarkdown({ chart: 'stage-types', label: 'terraform' }, 'https://stats.example'),
      '[![terraform: Spinnaker usage](https://img.shields.io/endpoint?url=' +
        'https%3A%2F%2Fstats.example%2Fdata%2Fbadge-stage-types-terraform.json)]' +
        '(https://stats.example/#stage-types/terraform)',
    );
  });

  it('stays one link, whatever the label', () => {
    const markdown = badgeMarkdown({ chart: 'triggers', label: '](http://evil) [(x)' }, 'https://stats.example');
    assert.match(markdown, /^\[!\[[^\][]*\]\([^()\s]*\)\]\([^()\s]*\)$/);
  });
});
