// The entry of the page.
import { start } from './app';
import { connect } from './host';

const app = document.getElementById('app');
if (app) start(app, connect());
