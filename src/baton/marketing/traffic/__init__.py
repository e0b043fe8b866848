"""What web analytics of others counted on the website, by channel and day, beside our visits."""
