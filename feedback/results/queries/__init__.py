"""Look up what pages show: sums, fates, comments, organisations; never write."""
