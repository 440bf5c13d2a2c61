import { askAgain } from './draw.js';
import { refreshModels, showModels } from './models.js';
import { showTrainings } from './train.js';

// The service may be away just now: connection.js says so, and asks again when it is back.
const quietly = promise => promise.catch(() => {});

quietly(showTrainings(() => quietly(refreshModels())));
quietly(showModels(askAgain));
document.documentElement.dataset.ready = 'true';
performance.mark('interactive');
