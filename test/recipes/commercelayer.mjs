// Commerce Layer, "Verifying the callback authenticity": its sample script, as the handler of an Express receiver.
import CryptoJS from 'crypto-js';
import hmacSHA256 from 'crypto-js/hmac-sha256.js';
import express from 'express';
import { announce } from './announce.mjs';

// Mended, as its own warning has it: the raw body, because JSON.stringify writes 80.0 as 80.
const signed = process.argv[2] === 'as-documented' ? (req) => JSON.stringify(req.body) : (req) => req.rawBody;

const handler = (req, res) => {
  const signature = req.headers['x-commercelayer-signature'];
  const hash = hmacSHA256(signed(req), process.env.SHARED_SECRET);
  const encode = hash.toString(CryptoJS.enc.Base64);
  if (req.method === 'POST' && signature === encode) {
    res.status(200).json({
      success: true,
    });
  } else {
    res.status(401).json({
      error: 'Unauthorized',
    });
  }
};

const keepRawBody = (req, _res, bytes) => {
  req.rawBody = bytes.toString();
};
const app = express();
app.use(express.json({ verify: keepRawBody }), handler);

announce(app.listen(0, '127.0.0.1'));
