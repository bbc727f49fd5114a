/** The whole product, as `npm start` runs it. */
import '../../../dist/main.js'
