import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSilent } from '../../main/resources/page/js/data.js';

describe('events', () => {
  it('are missing if there was none on more than three days', () => {
    assert.ok(!isSilent({ asOf: '2026-11-22', lastEventDay: '2026-11-22' }));
    assert.ok(!isSilent({ asOf: '2026-11-22', lastEventDay: '2026-11-19' }));
    assert.ok(isSilent({ asOf: '2026-11-22', lastEventDay: '2026-11-18' }));
  });

  it('are not missing before the first one', () => {
    assert.ok(!isSilent({ asOf: null, lastEventDay: null }));
  });
});
