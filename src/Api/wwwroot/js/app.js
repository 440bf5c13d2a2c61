import { predictAgain } from './draw.js';
import { refreshModels, showModels } from './models.js';
import { showTraining } from './train.js';

// If the service is not available, connection.js shows that and refreshes everything when it is back.
const ignoreErrors = promise => promise.catch(() => {});

ignoreErrors(showTraining(() => ignoreErrors(refreshModels())));
ignoreErrors(showModels(predictAgain));
document.documentElement.dataset.ready = 'true';
performance.mark('interactive');
