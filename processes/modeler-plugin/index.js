'use strict';

/** Camunda Modeler loads what it finds in `plugins/<folder>/index.js`. */
module.exports = {
  name: 'Countersign: rules for chains',
  script: './dist/client.js'
};
