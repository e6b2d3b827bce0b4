// The pages work without script; each module here makes one thing quicker.
import './theme.js';
import './popovers.js';
import './keys.js';
import './clocks.js';
import './diagrams.js';
import './forms.js';
import './drafts.js';
import './files.js';
import './print.js';
import './inbox.js';
import './changes.js';
import './calendar.js';
import './grid.js';
import './live.js';
import './replay.js';
import './portal.js';

document.documentElement.dataset.ready = '1';
