// Pages through a search with Google's client for Node, and prints what it was given.
//
//     node search.js http://127.0.0.1:PORT/ '{"query": "dam", "pageSize": 2}'

const { factchecktools } = require("@googleapis/factchecktools");

async function main(rootUrl, asked) {
  const service = factchecktools({ version: "v1alpha1", rootUrl, auth: "any" });
  const pages = [];
  let pageToken;
  do {
    const { data } = await service.claims.search({ ...asked, pageToken });
    pages.push(data);
    pageToken = data.nextPageToken;
  } while (pageToken);
  console.log(JSON.stringify({ pages }));
}

main(process.argv[2], JSON.parse(process.argv[3])).catch((error) => {
  const { code, errors, message, response } = error;
  console.log(JSON.stringify({ code, errors, message, error: response?.data?.error }));
});
