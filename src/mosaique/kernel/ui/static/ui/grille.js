(()=>{"use strict";












})();
